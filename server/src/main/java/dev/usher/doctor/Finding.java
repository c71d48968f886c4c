package dev.usher.doctor;

import dev.usher.base.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fault that was found.
 *
 * @param seen what it was found by, without a secret
 */
public record Finding(Fault fault, String seen) {
    public ObjectNode json() {
        return Json.object()
                .put("id", fault.id())
                .put("level", fault.isWarning() ? "warning" : "fault")
                .put("seen", seen)
                .put("means", fault.means())
                .put("mend", fault.mend());
    }
}
