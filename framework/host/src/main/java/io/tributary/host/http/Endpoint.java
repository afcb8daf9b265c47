package io.tributary.host.http;

/// Answers requests to one route, on a virtual thread; it may block.
@FunctionalInterface
public interface Endpoint {

    /// Answers one request.
    ///
    /// @throws Problem to be shown to the caller; anything else is a 500 without detail
    Answer answer(Request request) throws Exception;
}
