package io.tributary.host.http;

import org.jspecify.annotations.Nullable;

/// The server cannot listen; the text says where and what to do.
public final class HttpUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    HttpUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
