package dev.usher.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.instance.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrganizationSettingsReaderTest {
    @TempDir
    private Path folder;

    private Optional<Path> file(String organizations) throws IOException {
        String yaml = "instance:\n  organizations:\n" + organizations.indent(4);
        return Optional.of(Files.writeString(folder.resolve("usher.yaml"), yaml));
    }

    private List<String> faults(String organizations) throws IOException {
        try {
            ConfigReader.read(file(organizations), true, Map.of());
            return List.of();
        } catch (ConfigReader.Faulty e) {
            return e.faults();
        }
    }

    @Test
    void rolesAndPermissionsAreDeclared() throws IOException {
        Settings.Organizations settings = ConfigReader.read(file("""
                        maximum-members: 20
                        force-selection: true
                        default-role: org:clerk
                        permissions:
                          - {key: "org:invoices:read", name: Read invoices}
                        roles:
                          - key: org:clerk
                            name: Clerk
                            description: Keeps the books
                            permissions: ["org:invoices:read", "org:sys_memberships:read"]
                        """), true, Map.of())
                .instance()
                .settings()
                .organizations();
        assertThat(settings.maxAllowedMemberships()).isEqualTo(20);
        assertThat(settings.forceSelection()).isTrue();
        assertThat(settings.permissions())
                .containsExactly(new Settings.DeclaredPermission("org:invoices:read", "Read invoices", ""));
        assertThat(settings.roles())
                .containsExactly(new Settings.DeclaredRole(
                        "org:clerk",
                        "Clerk",
                        "Keeps the books",
                        List.of("org:invoices:read", "org:sys_memberships:read")));
    }

    @Test
    void everyFaultIsNamed() throws IOException {
        assertThat(faults("""
                enabled: false
                force-selection: true
                creator-role: org:boss
                default-role: emperor
                permissions:
                  - {key: "org:sys_profile:own"}
                  - {key: nothing}
                  - {name: Keyless}
                roles:
                  - {key: "org:clerk", permissions: ["org:unknown:read"]}
                  - {key: "org:clerk"}
                  - {key: "org:boss"}
                """))
                .anyMatch(fault -> fault.contains("force-selection: needs"))
                .anyMatch(fault -> fault.contains("default-role: must be a role such as"))
                .anyMatch(fault -> fault.contains("org:sys_ is kept for system permissions"))
                .anyMatch(fault -> fault.contains("not nothing"))
                .anyMatch(fault -> fault.contains("not empty"))
                .anyMatch(fault -> fault.contains("org:clerk has org:unknown:read"))
                .anyMatch(fault -> fault.contains("org:clerk is declared twice"))
                .anyMatch(fault -> fault.contains("creator-role: org:boss needs"));
    }

    @Test
    void aRoleThatIsNoneIsNamed() throws IOException {
        assertThat(faults("creator-role: org:boss"))
                .containsExactly("instance.organizations.creator-role: org:boss is no declared role");
        assertThat(faults("creator-role: org:member"))
                .singleElement()
                .asString()
                .contains("org:member needs");
    }

    @Test
    void productionHasNoOrganizationsUnlessTheyAreWanted() {
        assertThat(Settings.defaults(false).organizations().enabled()).isFalse();
        assertThat(Settings.defaults(true).organizations().enabled()).isTrue();
    }
}
