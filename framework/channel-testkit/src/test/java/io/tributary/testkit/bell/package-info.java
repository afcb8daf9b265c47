/// A channel that keeps every promise to devices: they come, go, are shown things, and are handed
/// over.
@NullMarked
package io.tributary.testkit.bell;

import org.jspecify.annotations.NullMarked;
