"""Facts read on one day, from records that leave nothing to weigh."""
