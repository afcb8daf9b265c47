/// The one HTTP server: front door, authentication, limits, problems, server-sent events and
/// WebSockets. The only room that knows Vert.x Web.
@NullMarked
package io.tributary.host.http;

import org.jspecify.annotations.NullMarked;
