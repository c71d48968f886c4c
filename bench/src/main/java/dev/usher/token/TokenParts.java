package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.instance.Instance;
import dev.usher.session.Session;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a session token is made of, each piece by itself. */
public final class TokenParts {
    private final Instance instance;
    private final Session session;
    private final Instant now;
    private final RsaSigner signer;
    private final byte[] header;
    private final ObjectNode claims;
    private final byte[] input = new byte[700];

    public TokenParts(Instance instance, Instant now) {
        Crypto crypto = Crypto.best();
        this.instance = instance;
        this.now = now;
        session = Session.sample("sess_" + "0".repeat(27), instance, "user_" + "0".repeat(27), now);
        signer = new RsaSigner(crypto.newKeyPair().getPrivate(), crypto.provider());
        header = Jws.encoded(TokenHeader.session(instance.id(), now));
        claims = claims();
    }

    /** The signature and nothing else. */
    public byte[] signature() {
        return signer.sign(input, input.length);
    }

    public ObjectNode claims() {
        var context = new Claims.Context(instance.issuer(), Optional.of("http://localhost:3000"), "0".repeat(20), now);
        var settings = instance.settings().tokens();
        return Claims.merged(Json.object(), Claims.ofSession(session, Optional.empty(), settings, 2, context));
    }

    /** From claims to the finished token, but for the signature. */
    public String assembly() {
        byte[] signature = new byte[RsaSigner.SIGNATURE_BYTES];
        return Jws.signed(header, claims, (bytes, length) -> signature);
    }
}
