/// Tests of the stand-in for Telegram.
@NullMarked
package io.tributary.telegram.simulator;

import org.jspecify.annotations.NullMarked;
