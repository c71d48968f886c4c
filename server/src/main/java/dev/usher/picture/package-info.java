/** Pictures of users and organizations: what is uploaded, where it is kept and under which address browsers find it. */
@NullMarked
package dev.usher.picture;

import org.jspecify.annotations.NullMarked;
