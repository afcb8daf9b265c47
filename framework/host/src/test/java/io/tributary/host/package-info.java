/// The law of the rooms, and members as a whole.
@NullMarked
package io.tributary.host;

import org.jspecify.annotations.NullMarked;
