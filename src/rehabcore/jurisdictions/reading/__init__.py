"""How a country pack is read and checked."""
