package dev.usher.organization;

import java.util.List;
import java.util.Optional;

/**
 * What a token says of the organization that its user acts for.
 *
 * @param role the key of the member's role, such as {@code org:admin}
 * @param permissions the custom ones, {@code org:feature:action}, in alphabetical order; never {@code org:sys_…}
 */
public record ActiveOrganization(String id, Optional<String> slug, String role, List<String> permissions) {
    public ActiveOrganization {
        permissions = permissions.stream().sorted().toList();
    }
}
