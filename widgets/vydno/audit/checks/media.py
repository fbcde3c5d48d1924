"""Videos and sounds: what else tells what they show and say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from ..page import Page
from ..playing import Playing, can_be_stopped, has_near, playing
from ..reading import read
from ..snapshot import Element, Snapshot
from ..variants import Variant
from ..words import letters, mentions
from .check import Found, advice, check, fails, needs_review


def _watched(page: Page) -> Iterator[Playing]:
    """Videos that are there to be watched."""
    for media in page.once(playing).values():
        if media.is_video and media.element.visible and not media.is_background:
            yield media


@check(
    "video-without-captions",
    criteria=["1.2.2"],
    title="A video has no captions",
    method="Videos without a track of captions or subtitles that can be had. Silent loops without "
    "controls are left out, and videos whose file has no sound; whether it has is read from the "
    "file's first bytes.",
    limits="Captions may be drawn into the picture, or the video may repeat a text that stands "
    "beside it: so a person must look. Files of other sites cannot be read.",
    fix='`<track kind="captions" src="….vtt" srclang="…">`, with who speaks and what is heard.',
    broken="<video controls width=320 height=180 src='talk.mp4'></video>",
    sound="<video controls width=320 height=180 src='talk.mp4'><track kind=captions srclang=en "
    "src='data:text/vtt,WEBVTT%0A%0A00:00.000 --> 00:02.000%0AHello'></video>",
)
def video_without_captions(page: Page, _: Variant) -> Iterator[Found]:
    for media in _watched(page):
        tracks = [one for one in media.tracks if one.kind in ("captions", "subtitles")]
        if tracks or media.scripted or media.sound is False:
            continue
        heard = "It has sound" if media.sound else "It may have sound"
        yield needs_review(
            media.element,
            f"{heard}, and nothing writes down what is said.",
            needed="a track of captions",
            criteria=["1.2.4"] if media.live else ["1.2.2"],
        )


@check(
    "track-broken",
    criteria=["1.2.2"],
    title="The captions of a video cannot be shown",
    method="Tracks of the page's own site are fetched: the server says 404, there is no address, "
    "or nothing in it is a caption (WebVTT).",
    limits="Whether captions say what is said is for a person.",
    fix="Put a WebVTT file where the track's `src` points.",
    broken="<video controls width=320 height=180 src='talk.mp4'><track kind=captions srclang=en "
    "src='data:text/vtt,WEBVTT%0A'></video>",
    sound="<video controls width=320 height=180 src='talk.mp4'><track kind=captions srclang=en "
    "src='data:text/vtt,WEBVTT%0A%0A00:00.000 --> 00:02.000%0AHello'></video>",
)
def track_broken(page: Page, _: Variant) -> Iterator[Found]:
    for media in page.once(playing).values():
        tracks = [one for one in media.tracks if one.kind in ("captions", "subtitles")]
        for track in tracks:
            measured = f"{track.kind} {track.lang} {track.state}".replace("  ", " ")
            if track.state in ("missing", "empty"):
                sure = fails if media.sound is not False else needs_review
                yield sure(media.element, "A track has no captions.", measured=measured)
            elif track.state == "no WebVTT":
                yield fails(media.element, "Browsers show WebVTT only.", measured=measured)
            elif not track.lang and track.kind == "subtitles":
                yield needs_review(
                    media.element, "The language of its subtitles is not said.", measured=measured
                )


@check(
    "video-without-description",
    criteria=["1.2.3", "1.2.5"],
    title="Nothing tells what is to be seen in a video",
    method="Videos without a track of descriptions, and without a word of a transcript or a "
    "described version in the section around them, or in a link or heading of the page. A silent "
    "video needs its content in words (1.2.1).",
    limits="What is said in it may tell all that is to be seen; then nothing is needed.",
    fix="Offer a version in which a voice tells what is shown, or a text of all of it.",
    broken="<video controls width=320 height=180 src='walk.mp4'></video>",
    sound="<figure><video controls width=320 height=180 src='walk.mp4'></video><figcaption>"
    "<a href='walk.html'>Transcript with descriptions</a></figcaption></figure>",
)
def video_without_description(page: Page, _: Variant) -> Iterator[Found]:
    for media in _watched(page):
        if any(one.kind == "descriptions" for one in media.tracks) or media.live:
            continue
        if has_near(media.element, "transcript", page.snapshot):
            continue
        if _is_described(media.element, page.snapshot):
            continue
        if media.sound is False:
            yield needs_review(
                media.element,
                "It has no sound, and no text tells what it shows.",
                criteria=["1.2.1"],
            )
        else:
            yield needs_review(media.element, "Neither a voice nor a text tells what it shows.")


def _is_described(element: Element, shown: Snapshot) -> bool:
    """Whether it refers to a text of a sentence or more."""
    ids = element.attributes.get("aria-describedby", "").split()
    return any(letters(there.text_content) >= 40 for id_ in ids if (there := shown.by_id(id_)))


@check(
    "audio-without-transcript",
    criteria=["1.2.1"],
    title="A recording has no transcript",
    method="Sounds with controls, and links to sound files, without a word of a transcript in the "
    "section around them, or in a link or heading of the page where there is one recording only. "
    "Sounds of at most three seconds beside words, as a dictionary has them, and sounds of the "
    "page itself are left out.",
    limits="The text around may be the transcript without saying so; music needs none.",
    fix="Write down what is said, and put the text or a link to it beside the recording.",
    broken="<audio controls src='talk.mp3'></audio>",
    sound="<audio controls src='talk.mp3'></audio> <a href='talk.html'>Transcript</a>",
)
def audio_without_transcript(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for media in page.once(playing).values():
        if media.is_video or not media.element.visible or not media.controls:
            continue
        if media.seconds is not None and media.seconds <= 3 and _is_in_text(media.element):
            continue
        if not has_near(media.element, "transcript", shown):
            yield needs_review(media.element, "Nothing beside it writes down what is said.")
    for link in _media_links(shown.tagged("a"), _SOUNDS):
        if not has_near(link, "transcript", shown):
            yield needs_review(link, "It leads to a recording, and no text is offered.")


def _is_in_text(element: Element) -> bool:
    """Whether words stand in its own sentence, item or cell: how these sound."""
    block = element.closest("p", "li", "td", "th", "dd", "dt", "figcaption")
    return block is not None and letters(block.text_content) > 1


_MOST = 50
"""Links to media files of a page; a longer list has the same flaw further on."""
_SOUNDS = re.compile(r"\.(?:mp3|ogg|oga|wav|m4a|aac|flac|opus|wma)$", re.IGNORECASE)
_VIDEOS = re.compile(r"\.(?:mp4|webm|ogv|mov|avi|wmv|mkv|m4v|flv)$", re.IGNORECASE)


def _media_links(links: list[Element], pattern: re.Pattern[str]) -> Iterator[Element]:
    found = 0
    for link in links:
        path = urlsplit(link.attributes.get("href", "")[:2000]).path
        # In a player it is what is shown where nothing can be played.
        if link.exposed and pattern.search(path) and not link.closest("video", "audio", "object"):
            found += 1
            if found > _MOST:
                return
            yield link


_VIDEO_HOSTS = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/embed|youtu\.be/|player\.vimeo\.com|dailymotion\.com|"
    r"facebook\.com/plugins/video|player\.twitch\.tv|wistia|brightcove|kaltura|ted\.com/|"
    r"rutube|vk\.com/video|tiktok\.com/|loom\.com/embed|peertube|/videos/embed)",
    re.IGNORECASE,
)
_SOUND_HOSTS = re.compile(
    r"(?:w\.soundcloud\.com|open\.spotify\.com/embed|podcasts\.apple|embed\.podcasts|anchor\.fm|"
    r"mixcloud|deezer|bandcamp\.com/embed|megogo\.audio|buzzsprout|simplecast|libsyn)",
    re.IGNORECASE,
)


@check(
    "media-elsewhere",
    criteria=["1.2.1", "1.2.2", "1.2.3", "1.2.5"],
    title="A video or recording of another site: are there captions and a transcript?",
    method="Frames, objects and embedded objects of known players (YouTube, Vimeo, SoundCloud, "
    "Spotify …) or with a media file, and links to video files, without a word of a transcript "
    "near them.",
    limits="The player's content cannot be read; a person must watch it.",
    fix="Switch on or add captions where the video is kept; link a transcript beside the player.",
    broken="<iframe width=320 height=180 title='A walk through Vydne' "
    "src='https://www.youtube-nocookie.com/embed/x'></iframe>",
    sound="<iframe width=320 height=180 title='Map of Vydne' src='about:blank'></iframe>",
)
def media_elsewhere(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    for frame in shown.tagged("iframe", "object", "embed"):
        url = _address(frame)
        path = urlsplit(url[:2000]).path
        is_video = bool(_VIDEO_HOSTS.search(url) or _VIDEOS.search(path))
        is_sound = bool(_SOUND_HOSTS.search(url) or _SOUNDS.search(path))
        if not frame.rendered or frame.concealed or not (is_video or is_sound):
            continue
        if is_sound and has_near(frame, "transcript", shown):
            continue
        yield needs_review(
            frame,
            "Somebody must see whether it has captions, and words for what is only shown."
            if is_video
            else "Nothing beside it writes down what is said.",
            measured=urlsplit(url[:2000]).netloc or path[-60:],
            criteria=["1.2.2", "1.2.3", "1.2.5"] if is_video else ["1.2.1"],
        )
    for link in _media_links(shown.tagged("a"), _VIDEOS):
        if not has_near(link, "transcript", shown):
            yield needs_review(
                link,
                "It leads to a video: somebody must see whether it has captions.",
                measured=link.attributes["href"][-60:],
                criteria=["1.2.2", "1.2.3"],
            )


def _address(frame: Element) -> str:
    return frame.attributes.get("src") or frame.attributes.get("data") or ""


@check(
    "sound-starts-itself",
    criteria=["1.4.2"],
    title="Sound starts by itself",
    method="Players that start by attribute, by a script or by a parameter of a known host, that "
    "are not muted, longer than three seconds or of unknown length, and without controls of their "
    "own or a button to stop them. With controls it is advice.",
    limits="What axe knows already (`autoplay` of a known length) is left to it. The control must "
    "stand at the beginning of the page: that is for a person.",
    fix="Let the visitor start it; or `muted` and `controls`.",
    broken="<iframe width=320 height=180 title='A walk' "
    "src='https://www.youtube.com/embed/x?autoplay=1'></iframe>",
    sound="<iframe width=320 height=180 title='A walk' "
    "src='https://www.youtube.com/embed/x'></iframe>",
)
def sound_starts_itself(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    stoppable = can_be_stopped(shown)
    for media in page.once(playing).values():
        if not media.starts or media.muted or media.sound is False:
            continue
        if media.seconds is not None and media.seconds <= 3 and not media.loops:
            continue
        if media.controls or stoppable:
            yield advice(media.element, "It plays before anybody asked for it.")
        elif not media.autoplay or media.seconds is None or not media.element.rendered:
            yield needs_review(
                media.element,
                "It plays by itself, and nothing is seen that stops it.",
                needed="a way to stop it, or to turn it down",
            )
    unseen = [one for one in page.once(read).sounds if one["loop"] or (one["seconds"] or 9) > 3]
    if unseen and shown.body is not None and not stoppable:
        yield needs_review(
            shown.body,
            "A script plays a sound that has no player in the page, and nothing is seen that "
            "stops it.",
            needed="a way to stop it, or to turn it down",
        )
    for element in shown.elements:
        if element.tag in ("iframe", "embed", "object", "bgsound"):
            yield from _frame_that_plays(element)


_TRUE = {"1", "true", "yes"}


def _frame_that_plays(frame: Element) -> Iterator[Found]:
    url = _address(frame)[:2000]
    asked = {name.lower(): values[-1].lower() for name, values in _query(url).items()}
    by_host = asked.get("autoplay") in _TRUE or asked.get("auto_play") in _TRUE
    muted = any(asked.get(name) in _TRUE for name in ("mute", "muted", "background"))
    path = urlsplit(url).path
    is_file = bool(_SOUNDS.search(path) or _VIDEOS.search(path))
    off = frame.attributes.get("autostart", frame.attributes.get("autoplay", "")).lower()
    by_itself = is_file and frame.tag != "object" and off not in ("false", "0", "no")
    if (by_host and not muted) or by_itself or frame.tag == "bgsound":
        yield needs_review(
            frame,
            "It plays by itself when the page is opened.",
            measured=(urlsplit(url).query or path)[-80:],
            needed="started by the visitor",
        )


def _query(url: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(url).query, max_num_fields=50)
    except ValueError:
        return {}


@check(
    "media-controls-missing",
    criteria=["2.1.1", "1.4.2"],
    title="A video or recording cannot be operated",
    method="Players without `controls` that do not play by themselves, where no button, link or "
    "widget around them speaks of playing.",
    limits="A script may bring controls later, or play on a press of the picture: for a person.",
    fix="`controls`; or buttons that can be reached by keyboard.",
    broken="<video width=320 height=180 src='talk.mp4'></video>",
    sound="<video controls width=320 height=180 src='talk.mp4'></video>",
)
def media_controls_missing(page: Page, _: Variant) -> Iterator[Found]:
    shown = page.snapshot
    told = " ".join(
        f"{element.name} {element.attributes.get('title', '')}"
        for element in shown.elements
        if element.exposed and element.role in ("button", "link", "slider", "switch")
    )
    for media in page.once(playing).values():
        if media.controls or media.starts or not media.is_video or not media.element.visible:
            continue
        if not mentions("play", told):
            yield needs_review(media.element, "Nothing is seen that starts or stops it.")


@check(
    "media-without-name",
    criteria=["1.1.1"],
    title="Nothing says what a video or recording is",
    method="Players that are shown without `aria-label`, `aria-labelledby` or `title`, without a "
    "caption of their figure, and without a heading or a line of text in the box right around "
    "them.",
    limits="The text before may name it.",
    fix="`aria-label`, or a heading or caption beside it.",
    broken="<main><p>Welcome to our town.</p><div><video controls width=320 height=180 "
    "src='talk.mp4'></video></div></main>",
    sound="<main><p>Welcome to our town.</p><div><video controls width=320 height=180 "
    "src='talk.mp4' aria-label='A walk through the town'></video></div></main>",
)
def media_without_name(page: Page, _: Variant) -> Iterator[Found]:
    for media in page.once(playing).values():
        element = media.element
        if not element.visible or not element.exposed or media.is_background:
            continue
        names = ("aria-label", "aria-labelledby", "title", "aria-describedby")
        if any(element.attributes.get(name, "").strip() for name in names):
            continue
        if not _called_around(element):
            yield needs_review(element, "It has no name, and no heading or caption is beside it.")


def _called_around(element: Element) -> bool:
    figure = element.closest("figure")
    if figure and figure.text_content.strip():
        return True
    at: Element = element
    for around in islice(element.ancestors(), 3):
        place = around.children.index(at)
        before = [one for one in around.children[max(0, place - 2) : place] if one.exposed]
        for other in (*before, *around.children[place + 1 : place + 2]):
            inside = [other, *list(other.descendants())[:30]]
            if any(one.heading_level and one.text_content.strip() for one in inside):
                return True
        if around.tag in ("main", "body", "article"):
            return False
        if len(around.text_content.strip()) > 2 or around.attributes.get("aria-label"):
            return True
        at = around
    return False
