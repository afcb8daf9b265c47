/// The distribution from outside: its launcher as processes, its desk in a browser.
@NullMarked
package io.tributary.acceptance;

import org.jspecify.annotations.NullMarked;
