package dev.usher.factor;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.VerificationException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** Checks what browsers return of passkeys (W3C Web Authentication, level 2), by webauthn4j. */
final class WebAuthn {
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);

    /**
     * What is kept of a passkey.
     *
     * @param data the attested credential data, base64url
     */
    record Credential(String data, long signCount, boolean backupEligible, boolean backedUp) {}

    /** What a registration came to. */
    record Registered(String credentialId, Credential credential) {}

    /** What an assertion came to. */
    record Asserted(long signCount, boolean backedUp) {}

    /** Where a passkey is used. */
    record Place(String origin, String relyingParty, String challenge) {
        private ServerProperty property() {
            return new ServerProperty(new Origin(origin), relyingParty, new DefaultChallenge(bytes(challenge)));
        }
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] bytes(String base64Url) {
        return Base64.getUrlDecoder().decode(base64Url);
    }

    /** A new passkey, or empty when what the browser returned does not prove it. */
    Optional<Registered> registered(PasskeyAnswer answer, Place place) {
        var request = new RegistrationRequest(answer.attestationObject(), answer.clientData());
        var parameters = new RegistrationParameters(place.property(), ALGORITHMS, true, true);
        try {
            var data = Objects.requireNonNull(
                            manager.verify(request, parameters).getAttestationObject())
                    .getAuthenticatorData();
            AttestedCredentialData attested = Objects.requireNonNull(data.getAttestedCredentialData());
            Credential credential = new Credential(
                    text(credentials.convert(attested)), data.getSignCount(), data.isFlagBE(), data.isFlagBS());
            return Optional.of(new Registered(text(attested.getCredentialId()), credential));
        } catch (VerificationException | DataConversionException | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A use of a passkey, or empty when the signature, origin, domain, challenge or counter is not right. */
    Optional<Asserted> asserted(PasskeyAnswer answer, Credential credential, Place place) {
        var request = new AuthenticationRequest(
                answer.credentialId(), answer.authenticatorData(), answer.clientData(), answer.signature());
        var parameters = new AuthenticationParameters(
                place.property(), record(credential), List.of(answer.credentialId()), true, true);
        try {
            var data =
                    Objects.requireNonNull(manager.verify(request, parameters).getAuthenticatorData());
            return Optional.of(new Asserted(data.getSignCount(), data.isFlagBS()));
        } catch (VerificationException | DataConversionException | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CredentialRecordImpl record(Credential credential) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                credential.backupEligible(),
                credential.backedUp(),
                credential.signCount(),
                credentials.convert(bytes(credential.data())),
                new AuthenticationExtensionsAuthenticatorOutputs<>(),
                null,
                null,
                Set.of());
    }
}
