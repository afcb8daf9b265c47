/// The public contract: what each path of the HTTP interface means. Joins the rooms below to the
/// HTTP server.
@NullMarked
package io.tributary.host.api;

import org.jspecify.annotations.NullMarked;
