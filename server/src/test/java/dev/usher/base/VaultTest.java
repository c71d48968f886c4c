package dev.usher.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VaultTest {
    private final Randomness randomness = new Randomness();
    private final Vault vault = new Vault(randomness.bytes(32), randomness);
    private final byte[] plain = "a signing key".getBytes(StandardCharsets.UTF_8);

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open(vault.seal(plain, "kid"), "kid")).isEqualTo(plain);
    }

    @Test
    void opensNothingUnderAnotherLabelOrKey() {
        String kept = vault.seal(plain, "kid");
        Vault other = new Vault(randomness.bytes(32), randomness);
        assertThatThrownBy(() -> vault.open(kept, "another")).isInstanceOf(Vault.WrongKey.class);
        assertThatThrownBy(() -> other.open(kept, "kid")).isInstanceOf(Vault.WrongKey.class);
    }

    @Test
    void opensNothingThatWasAltered() {
        byte[] kept = Base64.getDecoder().decode(vault.seal(plain, "kid"));
        for (int i = 0; i < kept.length; i++) {
            byte[] altered = kept.clone();
            altered[i] ^= 1;
            String text = Base64.getEncoder().encodeToString(altered);
            assertThatThrownBy(() -> vault.open(text, "kid")).isInstanceOf(Vault.WrongKey.class);
        }
    }

    @Test
    void hashesACodeDifferentlyForEachPurpose() {
        assertThat(vault.codeHash("424242", "a")).isEqualTo(vault.codeHash("424242", "a"));
        assertThat(vault.codeHash("424242", "a")).isNotEqualTo(vault.codeHash("424242", "b"));
        assertThat(vault.codeHash("424242", "a")).isNotEqualTo(vault.codeHash("424243", "a"));
    }
}
