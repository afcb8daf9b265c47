/// The first light: a real SMS webhook in, a reply out, on a member of one's own, told as it
/// happens.
@NullMarked
package io.tributary.samples.firstlight;

import org.jspecify.annotations.NullMarked;
