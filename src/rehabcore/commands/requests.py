"""The commands ``request-stay`` and ``request-diversion``: each files an act that is allowed."""

import argparse

from rehabcore import casework, exchange
from rehabcore.care.community.requests import StayRequest
from rehabcore.care.community.units import CommunityUnit
from rehabcore.care.diversion_requests import DiversionRequest
from rehabcore.commands.files import case_of, country, document_of, put_text
from rehabcore.commands.options import add_case, add_on, add_record
from rehabcore.strict.vocabulary import DiversionEvent, ResidencyEvent


def add(command: argparse.ArgumentParser, name: str) -> None:
    """Add the options of a command."""
    add_case(command)
    add_on(command)
    if name == "request-stay":
        _add_stay(command)
    else:
        _add_diversion(command)
    command.add_argument(
        "--office", default="", metavar="OFFICE", help="where the person goes, or who does it"
    )
    command.add_argument("--reason", metavar="CODE", help="why, a code of the country")
    add_record(command)


def _add_stay(command: argparse.ArgumentParser) -> None:
    command.add_argument("--residency", required=True, metavar="ID", help="the id of the stay")
    events = [event.value for event in ResidencyEvent]
    command.add_argument("--event", required=True, choices=events, help="what is to be done")
    command.add_argument("--unit", required=True, metavar="FILE", help="the book of the community")
    command.add_argument(
        "--new-unit", required=True, metavar="FILE", help="where the book is written that tells it"
    )
    command.add_argument("--by", metavar="STAFF", help="who decided it")
    for option, what in _SAID.items():
        command.add_argument(option, action=argparse.BooleanOptionalAction, help=what)
    command.set_defaults(run=_request_stay)


_SAID = {
    "--reviewed": "whether the community reviewed it",
    "--report": "whether the next office was sent the report of the stay",
}
"""The options that say that something is so, or is not; without one nobody knows."""


def _add_diversion(command: argparse.ArgumentParser) -> None:
    command.add_argument("--diversion", required=True, metavar="ID", help="the id of the diversion")
    events = [event.value for event in DiversionEvent]
    command.add_argument("--event", required=True, choices=events, help="what is to be done")
    command.set_defaults(run=_request_diversion)


def _request_stay(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case, unit = case_of(options, under), document_of(options.unit, CommunityUnit)
    request = StayRequest(
        residency=options.residency,
        event=ResidencyEvent(options.event),
        on=options.on,
        source=options.source,
        recorded_on=options.recorded_on,
        record_id=options.record_id,
        by=options.by,
        reviewed=options.reviewed,
        reason=options.reason,
        office=options.office,
        report=options.report,
    )
    after = casework.request_stay(case, unit, under, request, strict=options.strict)
    put_text(exchange.write(after.case), options, {options.new_unit: exchange.write(after.unit)})


def _request_diversion(options: argparse.Namespace) -> None:
    under = country(options.jurisdiction)
    case = case_of(options, under)
    request = DiversionRequest(
        diversion=options.diversion,
        event=DiversionEvent(options.event),
        on=options.on,
        source=options.source,
        recorded_on=options.recorded_on,
        record_id=options.record_id,
        office=options.office,
        reason=options.reason,
    )
    after = casework.request_diversion(case, under, request, strict=options.strict)
    put_text(exchange.write(after), options)
