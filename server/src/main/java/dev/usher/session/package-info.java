/** Sessions: life cycle, touch, end, remove, revoke, device list. Refuses cookies and JWTs. */
@NullMarked
package dev.usher.session;

import org.jspecify.annotations.NullMarked;
