"""What each element of ELMO and of the signature means in a document of ours, in one comment each.

Keys are paths by names from the root. The elements of the extension are explained by their schema.
Source: design.md 4, 5; wire.md 8.
"""

from typing import Final

_LOS: Final = "elmo/report/learningOpportunitySpecification"
_LOI: Final = f"{_LOS}/specifies/learningOpportunityInstance"
_SIGNED: Final = "elmo/ds:Signature/ds:SignedInfo"
_SEAL: Final = "lic:license/ds:Signature"
_SEALED: Final = f"{_SEAL}/ds:SignedInfo"
_PROPERTIES: Final = f"{_SEAL}/ds:Object/xades:QualifyingProperties/xades:SignedProperties"
_SIGNING: Final = f"{_PROPERTIES}/xades:SignedSignatureProperties"
_CERTIFICATE: Final = f"{_SIGNING}/xades:SigningCertificateV2"
_WHAT: Final = f"{_PROPERTIES}/xades:SignedDataObjectProperties"

MEANINGS: Final = {
    "elmo": "ELMO stands in the default namespace, without prefix: known clients look its elements"
    " up by bare names. No white space stands between elements.",
    "elmo/generatedDate": "When the provider made this document, in UTC. A receiver takes it for"
    " ten minutes.",
    "elmo/learner": "Who logged in at the provider. No identifier of the person is told.",
    "elmo/learner/givenNames": "All given names. ELMO 2.0 has them in Latin letters where such a"
    " form is known.",
    "elmo/learner/familyName": "The family name, likewise.",
    "elmo/learner/bday": "The day of birth; in 2.0 this is dateOfBirth.",
    "elmo/learner/alternativeName": "The full name in other than Latin letters where the holder"
    " uses one, else the full name once more. It counts as a name of the learner when a seal is"
    " compared.",
    "elmo/learner/dateOfBirth": "The day of birth; in 1.7 this is bday.",
    "elmo/report": "The licenses of one authority; there is one report for each.",
    "elmo/report/issuer": "The authority, for readers that know ELMO only. Who really granted and"
    " sealed is proven by the seal alone.",
    "elmo/report/issuer/country": "Left out where ELMO does not list the country.",
    "elmo/report/issuer/identifier": "The authority's name in the lists of trust.",
    "elmo/report/issuer/title": "Its name for people, one for each language.",
    "elmo/report/issuer/url": "Its web site.",
    _LOS: "One license. ELMO has no word for one, so it travels as a learning opportunity.",
    f"{_LOS}/identifier": "The number of the license.",
    f"{_LOS}/title": "The title, one for each language; conditions stand in it, because an old"
    " client may show nothing else. Without a right, the state comes first, in capitals.",
    f"{_LOS}/type": "What old clients list it as: a setting of the provider, Module by default.",
    f"{_LOS}/description": "The license in words.",
    f"{_LOS}/specifies": "Holds the one instance.",
    _LOI: "The license as it stood at that moment, in the terms ELMO has.",
    f"{_LOI}/identifier": "The permanent name of the license.",
    f"{_LOI}/start": "First day on which the license is valid.",
    f"{_LOI}/date": "Local day of this standing.",
    f"{_LOI}/status": "passed where the license gives a right now, if need be with conditions;"
    " else failed.",
    f"{_LOI}/resultLabel": "The standing in words, with every term.",
    f"{_LOI}/level": "Left out where the level of the profession is not stated.",
    f"{_LOI}/level/type": "The European Qualifications Framework.",
    f"{_LOI}/level/value": "Its level, 1 to 8.",
    f"{_LOS}/extension": "The only place for a license: here, and never in the root extension.",
    "elmo/report/issueDate": "As generatedDate.",
    "elmo/attachment": "The transcript, first attachment of the root: some clients ask for it.",
    "elmo/attachment/title": "Its name.",
    "elmo/attachment/type": "The type those clients look for.",
    "elmo/attachment/content": "A PDF (PDF/A-3) with all of this for people; the sealed licenses"
    " are attached to it.",
    "elmo/extension": "The root extension holds the delivery, and never a license.",
    "elmo/ds:Signature": "The provider's signature over the whole document, last child of the"
    " root and the only ds:Signature in it: known clients verify the first one they find.",
    _SIGNED: "What the key signs.",
    f"{_SIGNED}/ds:CanonicalizationMethod": "Exclusive canonical form, here and below.",
    f"{_SIGNED}/ds:SignatureMethod": "RSA with SHA-256: what Java, PHP and xmlsec clients accept.",
    f"{_SIGNED}/ds:Reference": "Exactly one, with an empty URI: the whole document.",
    f"{_SIGNED}/ds:Reference/ds:Transforms": "Without this signature, in canonical form.",
    f"{_SIGNED}/ds:Reference/ds:Transforms/ds:Transform": "One of the two steps.",
    f"{_SIGNED}/ds:Reference/ds:DigestMethod": "SHA-256.",
    f"{_SIGNED}/ds:Reference/ds:DigestValue": "The digest of the document.",
    "elmo/ds:Signature/ds:SignatureValue": "The signature over SignedInfo.",
    "elmo/ds:Signature/ds:KeyInfo": "Selects among the keys the registry lists, and no more.",
    "elmo/ds:Signature/ds:KeyInfo/ds:X509Data": "Holds one certificate.",
    "elmo/ds:Signature/ds:KeyInfo/ds:X509Data/ds:X509Certificate": "The provider's certificate.",
    _SEAL: "The seal, last child of the license, which it covers but for itself. Written by the"
    " authority and by nobody else.",
    _SEALED: "What the key of the seal signs: two digests and how they were made.",
    f"{_SEALED}/ds:CanonicalizationMethod": "Exclusive canonical form, here and in both"
    " references.",
    f"{_SEALED}/ds:SignatureMethod": "ECDSA on P-256 with SHA-256. No other is taken: seals are"
    " new, so no old client has to be met.",
    f"{_SEALED}/ds:Reference": "Exactly two. The first, with an empty URI, covers the license; the"
    " second what is claimed of the signing, without which another certificate around the same key"
    " could be put beside the seal.",
    f"{_SEALED}/ds:Reference/ds:Transforms": "What is done before the digest; a closed list.",
    f"{_SEALED}/ds:Reference/ds:Transforms/ds:Transform": "Of the license: without this signature,"
    " then in canonical form. Of the claims: in canonical form.",
    f"{_SEALED}/ds:Reference/ds:DigestMethod": "SHA-256.",
    f"{_SEALED}/ds:Reference/ds:DigestValue": "The digest of what the reference covers.",
    f"{_SEAL}/ds:SignatureValue": "The signature over SignedInfo: 64 octets, r and s.",
    f"{_SEAL}/ds:KeyInfo": "Selects among the keys that the trust file lists for this authority,"
    " and no more. It is not signed.",
    f"{_SEAL}/ds:KeyInfo/ds:X509Data": "Holds one certificate.",
    f"{_SEAL}/ds:KeyInfo/ds:X509Data/ds:X509Certificate": "The certificate of the seal key.",
    f"{_SEAL}/ds:Object": "The only one; it holds the claims of the signing and nothing else.",
    f"{_SEAL}/ds:Object/xades:QualifyingProperties": "XAdES asks which signature they are about:"
    " the empty Target is this document, which has one.",
    _PROPERTIES: "What the second reference covers. It bears the only Id of the document, always"
    " the same; our verifier finds it by its place.",
    _SIGNING: "Of the signing.",
    f"{_SIGNING}/xades:SigningTime": "When the authority says it sealed, in UTC to the second. A"
    " claim: what proves the moment is the status answer.",
    _CERTIFICATE: "Binds the certificate to the signature.",
    f"{_CERTIFICATE}/xades:Cert": "Exactly one.",
    f"{_CERTIFICATE}/xades:Cert/xades:CertDigest": "Its digest. Serial number and issuer are left"
    " out, because they say less.",
    f"{_CERTIFICATE}/xades:Cert/xades:CertDigest/ds:DigestMethod": "SHA-256.",
    f"{_CERTIFICATE}/xades:Cert/xades:CertDigest/ds:DigestValue": "The SHA-256 of the certificate,"
    " which is also the id of the key (kid).",
    _WHAT: "Of what was signed.",
    f"{_WHAT}/xades:DataObjectFormat": "Level B asks for it. The empty reference is the license,"
    " as in the first reference.",
    f"{_WHAT}/xades:DataObjectFormat/xades:MimeType": "XML.",
}
