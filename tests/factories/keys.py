"""Security keys as a browser hands them in, without a device."""

import json

from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

_FLAGS = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
_NO_POINT = b"\x04" + bytes(64)  # nobody signs with it


def key_data(name):
    """What an ``Authenticator`` keeps of a key: the same for the same name.

    See https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson.
    """
    raw_id = name.encode()
    made = AttestedCredentialData.create(
        Aaguid.NONE, raw_id, ES256.from_ctap1(_NO_POINT)
    )
    attestation = AttestationObject.create(
        "none", AuthenticatorData.create(bytes(32), _FLAGS, 0, made), {}
    )
    client_data = CollectedClientData.create(
        CollectedClientData.TYPE.CREATE, b"challenge", "https://testserver"
    )
    answer = AuthenticatorAttestationResponse(
        client_data=client_data, attestation_object=attestation
    )
    registration = RegistrationResponse(raw_id=raw_id, response=answer)
    return {"name": name, "credential": json.loads(json.dumps(dict(registration)))}
