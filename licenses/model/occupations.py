"""The kinds of work a relying party can ask for: ISCO-08 unit groups of licensed professions.

A license is matched by its unit group, not by its title, so that a Sykepleier answers for a nurse.
Source: ISCO-08 (International Labour Organization); the selection is that of domain.md 1.
"""

OCCUPATIONS: dict[str, str] = {
    "2211": "Physician, general practice",
    "2212": "Physician, specialist",
    "2221": "Nurse",
    "2222": "Midwife",
    "2250": "Veterinarian",
    "2261": "Dentist",
    "2262": "Pharmacist",
    "2264": "Physiotherapist",
    "2634": "Psychologist",
    "3221": "Associate nurse",
    "2320": "Vocational teacher",
    "2330": "Secondary school teacher",
    "2341": "Primary school teacher",
    "2342": "Early years teacher",
    "2142": "Civil engineer",
    "2151": "Electrical engineer",
    "2161": "Architect",
    "7411": "Electrician, buildings",
    "7412": "Electrician, machines",
    "3334": "Estate agent",
}
"""Words for each unit group, by its four digits."""
