/** Organizations: members, roles, permissions, invitations, logos. Refuses to know sessions and tokens. */
@NullMarked
package dev.usher.organization;

import org.jspecify.annotations.NullMarked;
