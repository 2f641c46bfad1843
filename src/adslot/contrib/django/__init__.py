"""Django: a filter, a block tag, system checks of the policy, and a command for stored articles.

INSTALLED_APPS = [..., "adslot.contrib.django"]
ADSLOT = {"POLICY": BASE_DIR / "adslot.toml"}
"""
