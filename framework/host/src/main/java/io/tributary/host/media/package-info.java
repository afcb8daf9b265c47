/// Bytes that interactions refer to: fetched after the commit, kept outside the log, served by
/// links that end.
@NullMarked
package io.tributary.host.media;

import org.jspecify.annotations.NullMarked;
