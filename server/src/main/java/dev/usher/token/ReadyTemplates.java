package dev.usher.token;

import dev.usher.base.Secret;
import dev.usher.base.Vault;
import dev.usher.instance.Instance;
import dev.usher.instance.Settings;
import dev.usher.store.Tx;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Templates parsed once for each version; which version holds, the database says at each mint. */
public final class ReadyTemplates {
    private final Vault vault;
    private final Map<String, Versioned> made = new ConcurrentHashMap<>();
    private final Map<Settings.DeclaredTemplate, ReadyTemplate> declared = new ConcurrentHashMap<>();

    private record Versioned(int version, ReadyTemplate template) {}

    public ReadyTemplates(Vault vault) {
        this.vault = vault;
    }

    /** The template that the configuration declares under that name. */
    Optional<ReadyTemplate> declared(Instance instance, String name) {
        return instance.settings().tokens().templates().stream()
                .filter(template -> template.name().equals(name))
                .findFirst()
                .map(template -> declared.computeIfAbsent(template, ReadyTemplate::of));
    }

    /** The template of that name that was made through the Backend API. */
    Optional<ReadyTemplate> made(Tx tx, Instance instance, String name) {
        return JwtTemplateStore.version(tx, instance.id(), name).map(found -> {
            Versioned known = made.get(found.id());
            return known != null && known.version() == found.version()
                    ? known.template()
                    : prepared(
                            JwtTemplateStore.find(tx, instance.id(), found.id()).orElseThrow());
        });
    }

    private ReadyTemplate prepared(JwtTemplateStore.Kept kept) {
        String id = kept.template().id();
        Optional<Secret> key = kept.sealedKey()
                .map(locked -> Secret.of(new String(vault.open(locked, label(id)), StandardCharsets.UTF_8)));
        ReadyTemplate ready = ReadyTemplate.of(kept.template(), key);
        made.put(id, new Versioned(kept.version(), ready));
        return ready;
    }

    void forget(String id) {
        made.remove(id);
    }

    /** What a template's sealed key is bound to. */
    static String label(String id) {
        return "jwt template " + id;
    }
}
