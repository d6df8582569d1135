"""A security key made of software: it answers what a browser and a key on USB would."""

import hashlib
import os

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HOST = "testserver"
RP_HASH = hashlib.sha256(HOST.encode()).digest()
PRESENT, WITH_CREDENTIAL = 0x01, 0x41


class SoftKey:
    """One key. `answer_*` take what the page sent to the browser and give what the form sends back."""

    def __init__(self):
        self.private, self.id = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    def _client_data(self, kind, challenge):
        return CollectedClientData.create(type=kind, challenge=challenge, origin=f"http://{HOST}")

    def _credential(self, **response):
        number = websafe_encode(self.id)
        parts = {name: websafe_encode(bytes(value)) for name, value in response.items()}
        return {"id": number, "rawId": number, "type": "public-key", "response": parts, "clientExtensionResults": {}}

    def answer_registration(self, options):
        """The new credential."""
        public = ES256.from_cryptography_key(self.private.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(RP_HASH, WITH_CREDENTIAL, 0, held)
        return self._credential(
            clientDataJSON=self._client_data("webauthn.create", websafe_decode(options["publicKey"]["challenge"])),
            attestationObject=AttestationObject.create("none", data, {}),
        )

    def answer_sign_in(self, options):
        """The signature under the challenge."""
        client = self._client_data("webauthn.get", websafe_decode(options["publicKey"]["challenge"]))
        data = AuthenticatorData.create(RP_HASH, PRESENT, 1)
        signature = self.private.sign(bytes(data) + hashlib.sha256(bytes(client)).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(clientDataJSON=client, authenticatorData=data, signature=signature)

    def given_to(self, user):
        """The key, set up for a user. Returns the authenticator."""
        credential = self.answer_registration({"publicKey": {"challenge": websafe_encode(os.urandom(32))}})
        data = {"name": "Key", "credential": credential}
        return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
