/** Password hashes made elsewhere, of every published kind: read and compared with, never made. Refuses costs without bound. */
@NullMarked
package dev.usher.factor.digest;

import org.jspecify.annotations.NullMarked;
