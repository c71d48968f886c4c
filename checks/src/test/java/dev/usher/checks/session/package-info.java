/** The life of a session: what each operation does to it, who may, when it dies, and that nothing is minted afterwards. */
package dev.usher.checks.session;
