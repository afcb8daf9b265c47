@NullMarked
package io.tributary.host.ownership;

import org.jspecify.annotations.NullMarked;
