"""What a session was started on, from what the browser says of itself."""

from assessments.enums import DeviceClass


def device_class(*, mobile_hint: str, user_agent: str) -> str:
    """Phone or other, by the client hint `Sec-CH-UA-Mobile` ("?1", "?0") or else the user agent; "" when neither says.

    Browsers that send no hint name "Mobi" on phones (MDN: Browser detection using the user agent).
    """
    if mobile_hint in ("?1", "?0"):
        return DeviceClass.PHONE if mobile_hint == "?1" else DeviceClass.OTHER
    if not user_agent.strip():
        return ""
    return DeviceClass.PHONE if "mobi" in user_agent.casefold() else DeviceClass.OTHER
