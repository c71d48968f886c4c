package dev.usher.token;

import dev.usher.base.Json;
import dev.usher.base.Secret;
import dev.usher.instance.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * A template parsed, with its key ready to sign.
 *
 * @param signer empty for the instance's own key
 */
record ReadyTemplate(
        ClaimTemplate claims, Duration lifetime, Duration allowedClockSkew, Optional<TemplateSigner> signer) {

    static ReadyTemplate of(JwtTemplate template, Optional<Secret> key) {
        return new ReadyTemplate(
                ClaimTemplate.parse(template.claims()),
                template.lifetime(),
                template.allowedClockSkew(),
                key.map(secret -> signer(template.signingAlgorithm().orElseThrow(), secret)));
    }

    static ReadyTemplate of(Settings.DeclaredTemplate declared) {
        return new ReadyTemplate(
                ClaimTemplate.parse(Json.parse(declared.claims()).asObject()),
                declared.lifetime(),
                declared.allowedClockSkew(),
                declared.key().map(key -> signer(key.algorithm(), key.key())));
    }

    private static TemplateSigner signer(String algorithm, Secret key) {
        try {
            return TemplateSigner.of(algorithm, key);
        } catch (TemplateSigner.Unfit unfit) {
            throw new IllegalStateException("a key that was checked when it was kept no longer signs", unfit);
        }
    }
}
