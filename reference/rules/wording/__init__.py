"""Words that shut people out, ask what nobody may ask, or lead around the platform: in a vacancy, or about a company."""

from reference.rules.wording.findings import Finding, find_in, stop_in, stopping_words

__all__ = ["Finding", "find_in", "stop_in", "stopping_words"]
