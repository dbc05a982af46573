"""Words in a vacancy that shut people out, ask what nobody may ask, or lead around the platform."""

from vacancies.rules.wording.findings import Finding, find_in, findings_in, stops_in

__all__ = ["Finding", "find_in", "findings_in", "stops_in"]
