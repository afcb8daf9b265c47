/// How a version of a plugin comes to serve: tried, moved to, watched beside the one before, and
/// kept or taken back. What is wanted is kept in the journal.
@NullMarked
package io.tributary.host.rollouts;

import org.jspecify.annotations.NullMarked;
