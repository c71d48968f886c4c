/** Database access: connections, transactions as types, group commit, migrations. Refuses to know any feature's SQL. */
@NullMarked
package dev.usher.store;

import org.jspecify.annotations.NullMarked;
