/// A channel: headsets in a virtual showroom.
@NullMarked
package com.example.showroom;

import org.jspecify.annotations.NullMarked;
