"""When bus no. 3 leaves the station, and how long it takes to each stop."""

from __future__ import annotations

from collections.abc import Mapping

# Hour of the day to the minutes of departure.
_PEAK = (7, 8, 16, 17, 18)
WEEKDAYS: Mapping[int, tuple[int, ...]] = {
    6: (10, 40),
    **{hour: (0, 20, 40) if hour in _PEAK else (0, 30) for hour in range(7, 21)},
    21: (0, 45),
}
WEEKENDS: Mapping[int, tuple[int, ...]] = {
    7: (15,),
    **dict.fromkeys(range(8, 20), (0, 40)),
    20: (15,),
    21: (10,),
}

# Minutes from the station, in the order of the route.
RIDES: Mapping[str, int] = {
    "station": 0,
    "town_hall": 6,
    "hospital": 11,
    "park": 15,
    "school": 19,
    "castle": 24,
}
