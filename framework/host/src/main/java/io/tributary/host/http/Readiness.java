package io.tributary.host.http;

import java.util.List;

/// Tells the truth about the member for `/health/ready`. Called on a virtual thread for each
/// request: it may look, but not for long.
@FunctionalInterface
public interface Readiness {

    List<Check> checks();

    /// One thing without which the member cannot serve.
    ///
    /// @param name such as `journal`
    /// @param text why not, or what an operator may want to know; never a secret. Empty when all is
    ///   well
    record Check(String name, boolean up, String text) {}
}
