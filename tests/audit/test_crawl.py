"""Which links a crawl follows; no browser and no network."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vydno.audit.crawl import DEEPEST, QUERIES, Crawl

SITE = "https://city.example"


def crawl(limit: int = 100, **more: Any) -> Crawl:
    return Crawl([f"{SITE}/"], limit, **more)


def test_a_link_is_followed_once() -> None:
    one = crawl()
    assert one.more([f"{SITE}/a", f"{SITE}/b", f"{SITE}/a"]) == [f"{SITE}/a", f"{SITE}/b"]
    assert one.more([f"{SITE}/a", f"{SITE}/", SITE]) == []


@pytest.mark.parametrize(
    "link",
    [
        f"{SITE}/a#part",
        "HTTPS://CITY.example:443/a",
        f"{SITE}/a?utm_source=mail&fbclid=1",
        f"{SITE}/a;jsessionid=123",
    ],
)
def test_the_same_page_under_another_name_is_not_followed(link: str) -> None:
    one = crawl()
    one.more([f"{SITE}/a"])
    assert one.more([link]) == []


def test_the_order_of_a_query_makes_no_other_page() -> None:
    one = crawl()
    assert one.more([f"{SITE}/?x=1&y=2"]) == [f"{SITE}/?x=1&y=2"]
    assert one.more([f"{SITE}/?y=2&x=1"]) == []


def test_letters_and_their_codes_are_the_same_address() -> None:
    one = crawl()
    assert len(one.more([f"{SITE}/новини", f"{SITE}/%d0%bd%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"])) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/",
        "http://city.example/",
        "https://city.example:8443/",
        "https://www.city.example/",
        "https://city.example.evil.example/",
        "mailto:mayor@city.example",
        "javascript:void(0)",
        "tel:+380",
        "data:text/html,a",
        "file:///etc/passwd",
        "https://user:password@city.example/",
        "https://[",
        "",
        f"{SITE}/budget.pdf",
        f"{SITE}/photo.JPG?size=2",
        f"{SITE}/logout",
        f"{SITE}/user/sign-out/",
        f"{SITE}/?action=logout",
        f"{SITE}/" + "/".join(map(str, range(DEEPEST + 1))),
        f"{SITE}/news/news/news/news/",
        f"{SITE}/{'a' * 3000}",
    ],
)
def test_what_is_no_page_of_the_site_is_not_followed(link: str) -> None:
    assert crawl().more([link]) == []


@pytest.mark.parametrize("path", ["/blogout", "/logo", "/catalog-off-season", "/a.html", "/v1.2"])
def test_what_looks_like_a_trap_and_is_none_is_followed(path: str) -> None:
    assert crawl().more([SITE + path]) == [SITE + path]


def test_a_calendar_without_end_is_left_after_some_months() -> None:
    one = crawl(limit=1000)
    months = [f"{SITE}/calendar?month={number}" for number in range(100)]
    assert one.more(months) == months[:QUERIES]
    assert one.more([f"{SITE}/other?month=1"]) == [f"{SITE}/other?month=1"]


def test_the_limit_counts_the_pages_that_it_starts_from() -> None:
    one = Crawl([f"{SITE}/", f"{SITE}/a"], 3)
    assert one.more([f"{SITE}/b", f"{SITE}/c"]) == [f"{SITE}/b"]
    assert one.left_out == 1


def test_what_robots_may_not_see_is_not_followed_and_not_counted() -> None:
    one = crawl(limit=2, may=lambda url: "private" not in url)
    assert one.more([f"{SITE}/private", f"{SITE}/a"]) == [f"{SITE}/a"]


def test_robots_txt_is_asked_only_of_the_sites_own_links() -> None:
    asked: list[str] = []

    def may(url: str) -> bool:
        asked.append(url)
        return True

    crawl(may=may).more(["https://other.example/", f"{SITE}/a", f"{SITE}/a"])
    assert asked == [f"{SITE}/a"]


def test_links_that_lead_elsewhere_are_counted_by_origin() -> None:
    one = crawl()
    one.more(["https://www.city.example/a", "https://www.city.example/b", "https://x.example/"])
    assert one.elsewhere.most_common(1) == [("https://www.city.example", 2)]


_LINKS = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.builds(lambda tail: f"{SITE}/{tail}", st.text(max_size=30)),
    ),
    max_size=20,
)


@given(pages=st.lists(_LINKS, max_size=5), limit=st.integers(1, 12))
def test_whatever_pages_link_to_no_page_comes_twice_and_the_limit_holds(
    pages: list[list[str]], limit: int
) -> None:
    one = crawl(limit)
    followed = [link for links in pages for link in one.more(links)]
    assert len(followed) == len(set(followed)) <= max(limit - 1, 0)
    assert all(link.startswith(f"{SITE}/") for link in followed)
