package dev.usher.checks.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** An authenticator in software: one passkey, ES256, without attestation, as browsers hand it on. */
public final class Authenticator {
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int HAS_CREDENTIAL = 0x40;

    private final byte[] credentialId = new byte[16];
    private final KeyPair keys;
    private String origin = Fapi.ORIGIN;
    private String userHandle = "";
    private int count;
    private int flags = USER_PRESENT | USER_VERIFIED;

    public Authenticator() {
        new SecureRandom().nextBytes(credentialId);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page that the browser says it is on. */
    public Authenticator on(String page) {
        origin = page;
        return this;
    }

    /** The next answers are given without the person having been verified. */
    public Authenticator unverified() {
        flags = USER_PRESENT;
        return this;
    }

    /** The counter as a copy of this authenticator would have it. */
    public Authenticator countingFrom(int value) {
        count = value;
        return this;
    }

    /** The answer to creation options, as JSON text. */
    public String create(JsonNode options) {
        userHandle = options.at("/user/id").asString();
        byte[] client = clientData("webauthn.create", options.path("challenge").asString());
        byte[] data = authenticatorData(options.at("/rp/id").asString(), true);
        byte[] attestation = bytes(out -> {
            out.write(0xa3);
            text(out, "fmt");
            text(out, "none");
            text(out, "attStmt");
            out.write(0xa0);
            text(out, "authData");
            binary(out, data);
        });
        return "{\"id\":\"%1$s\",\"rawId\":\"%1$s\",\"type\":\"public-key\",\"authenticatorAttachment\":\"platform\",\"response\":{\"clientDataJSON\":\"%2$s\",\"attestationObject\":\"%3$s\",\"transports\":[\"internal\"]}}"
                .formatted(encoded(credentialId), encoded(client), encoded(attestation));
    }

    /** The answer to request options, as JSON text. */
    public String get(JsonNode options) {
        byte[] client = clientData("webauthn.get", options.path("challenge").asString());
        byte[] data = authenticatorData(options.path("rpId").asString(), false);
        return "{\"id\":\"%1$s\",\"rawId\":\"%1$s\",\"type\":\"public-key\",\"authenticatorAttachment\":\"platform\",\"response\":{\"clientDataJSON\":\"%2$s\",\"authenticatorData\":\"%3$s\",\"signature\":\"%4$s\",\"userHandle\":\"%5$s\"}}"
                .formatted(
                        encoded(credentialId), encoded(client), encoded(data), encoded(sign(data, client)), userHandle);
    }

    private byte[] clientData(String type, String challenge) {
        String json = "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin);
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(String relyingParty, boolean withCredential) {
        return bytes(out -> {
            out.write(sha256(relyingParty.getBytes(StandardCharsets.UTF_8)));
            out.write(flags | (withCredential ? HAS_CREDENTIAL : 0));
            out.write(ByteBuffer.allocate(4).putInt(++count).array());
            if (withCredential) credential(out);
        });
    }

    private void credential(ByteArrayOutputStream out) throws IOException {
        out.write(new byte[16]);
        out.write(ByteBuffer.allocate(2).putShort((short) credentialId.length).array());
        out.write(credentialId);
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        out.write(new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
        binary(out, coordinate(key.getW().getAffineX().toByteArray()));
        out.write(0x22);
        binary(out, coordinate(key.getW().getAffineY().toByteArray()));
    }

    private static byte[] coordinate(byte[] signed) {
        byte[] fixed = new byte[32];
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private byte[] sign(byte[] data, byte[] client) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private interface Writing {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) throws IOException {
        out.write(0x60 | text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void binary(ByteArrayOutputStream out, byte[] bytes) throws IOException {
        if (bytes.length < 256) {
            out.write(0x58);
            out.write(bytes.length);
        } else {
            out.write(0x59);
            out.write(ByteBuffer.allocate(2).putShort((short) bytes.length).array());
        }
        out.write(bytes);
    }
}
