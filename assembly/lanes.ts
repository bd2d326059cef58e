/**
 * Lanes: what is done 128 bits at a time where the build has SIMD, and 64 where it has not.
 *
 * Nothing else asks which build it is. The branch is decided when compiling, so neither build
 * carries the other's code. No load reaches behind the bytes that were asked for.
 */

/**
 * ANDs bitsets of `vectors` vectors into the one at `into`: for each byte of `bytes` the row
 * [position][byte value] of `table`. True if anything is left.
 *
 * Up to four vectors are carried at once and the exit is tried every four positions: tried at each
 * it costs 1.3 to 2 times as much.
 */
export function narrow(into: usize, vectors: u32, table: usize, bytes: usize, count: u32): bool {
  const row = (<usize>vectors) << 4;
  let left: bool = false;
  if (ASC_FEATURE_SIMD) {
    let vector: usize = 0;
    for (; vector + 64 <= row; vector += 64) {
      if (narrowFour(into + vector, table + vector, row, bytes, count)) left = true;
    }
    if (vector + 32 <= row) {
      if (narrowTwo(into + vector, table + vector, row, bytes, count)) left = true;
      vector += 32;
    }
    if (vector < row && narrowOne(into + vector, table + vector, row, bytes, count)) left = true;
  } else {
    for (let vector: usize = 0; vector < row; vector += 16) {
      if (narrowScalar(into + vector, table + vector, row, bytes, count)) left = true;
    }
  }
  return left;
}

function narrowOne(into: usize, table: usize, row: usize, bytes: usize, count: u32): bool {
  let a = v128.load(into);
  const position = row << 8;
  let at: u32 = 0;
  for (; at + 4 <= count && v128.any_true(a); at += 4, table += position << 2) {
    const four = load<u32>(bytes + at);
    const row0 = table + <usize>(four & 0xff) * row;
    const row1 = table + position + <usize>((four >> 8) & 0xff) * row;
    const row2 = table + (position << 1) + <usize>((four >> 16) & 0xff) * row;
    const row3 = table + position * 3 + <usize>(four >> 24) * row;
    a = v128.and(
      v128.and(v128.and(a, v128.load(row0)), v128.load(row1)),
      v128.and(v128.load(row2), v128.load(row3)),
    );
  }
  for (; at < count && v128.any_true(a); at++, table += position) {
    a = v128.and(a, v128.load(table + <usize>load<u8>(bytes + at) * row));
  }
  v128.store(into, a);
  return v128.any_true(a);
}

function narrowTwo(into: usize, table: usize, row: usize, bytes: usize, count: u32): bool {
  let a = v128.load(into);
  let b = v128.load(into, 16);
  const position = row << 8;
  let at: u32 = 0;
  for (; at + 4 <= count && v128.any_true(v128.or(a, b)); at += 4, table += position << 2) {
    const four = load<u32>(bytes + at);
    const row0 = table + <usize>(four & 0xff) * row;
    const row1 = table + position + <usize>((four >> 8) & 0xff) * row;
    const row2 = table + (position << 1) + <usize>((four >> 16) & 0xff) * row;
    const row3 = table + position * 3 + <usize>(four >> 24) * row;
    a = v128.and(
      v128.and(v128.and(a, v128.load(row0)), v128.load(row1)),
      v128.and(v128.load(row2), v128.load(row3)),
    );
    b = v128.and(
      v128.and(v128.and(b, v128.load(row0, 16)), v128.load(row1, 16)),
      v128.and(v128.load(row2, 16), v128.load(row3, 16)),
    );
  }
  for (; at < count && v128.any_true(v128.or(a, b)); at++, table += position) {
    const one = table + <usize>load<u8>(bytes + at) * row;
    a = v128.and(a, v128.load(one));
    b = v128.and(b, v128.load(one, 16));
  }
  v128.store(into, a);
  v128.store(into, b, 16);
  return v128.any_true(v128.or(a, b));
}

function narrowFour(into: usize, table: usize, row: usize, bytes: usize, count: u32): bool {
  let a = v128.load(into);
  let b = v128.load(into, 16);
  let c = v128.load(into, 32);
  let d = v128.load(into, 48);
  const position = row << 8;
  let at: u32 = 0;
  for (
    ;
    at + 4 <= count && v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)));
    at += 4, table += position << 2
  ) {
    const four = load<u32>(bytes + at);
    const row0 = table + <usize>(four & 0xff) * row;
    const row1 = table + position + <usize>((four >> 8) & 0xff) * row;
    const row2 = table + (position << 1) + <usize>((four >> 16) & 0xff) * row;
    const row3 = table + position * 3 + <usize>(four >> 24) * row;
    a = v128.and(
      v128.and(v128.and(a, v128.load(row0)), v128.load(row1)),
      v128.and(v128.load(row2), v128.load(row3)),
    );
    b = v128.and(
      v128.and(v128.and(b, v128.load(row0, 16)), v128.load(row1, 16)),
      v128.and(v128.load(row2, 16), v128.load(row3, 16)),
    );
    c = v128.and(
      v128.and(v128.and(c, v128.load(row0, 32)), v128.load(row1, 32)),
      v128.and(v128.load(row2, 32), v128.load(row3, 32)),
    );
    d = v128.and(
      v128.and(v128.and(d, v128.load(row0, 48)), v128.load(row1, 48)),
      v128.and(v128.load(row2, 48), v128.load(row3, 48)),
    );
  }
  for (
    ;
    at < count && v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)));
    at++, table += position
  ) {
    const one = table + <usize>load<u8>(bytes + at) * row;
    a = v128.and(a, v128.load(one));
    b = v128.and(b, v128.load(one, 16));
    c = v128.and(c, v128.load(one, 32));
    d = v128.and(d, v128.load(one, 48));
  }
  v128.store(into, a);
  v128.store(into, b, 16);
  v128.store(into, c, 32);
  v128.store(into, d, 48);
  return v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)));
}

function narrowScalar(into: usize, table: usize, row: usize, bytes: usize, count: u32): bool {
  let low = load<u64>(into);
  let high = load<u64>(into, 8);
  const position = row << 8;
  let at: u32 = 0;
  for (; at + 4 <= count && (low | high) != 0; at += 4, table += position << 2) {
    const four = load<u32>(bytes + at);
    const row0 = table + <usize>(four & 0xff) * row;
    const row1 = table + position + <usize>((four >> 8) & 0xff) * row;
    const row2 = table + (position << 1) + <usize>((four >> 16) & 0xff) * row;
    const row3 = table + position * 3 + <usize>(four >> 24) * row;
    low &= load<u64>(row0) & load<u64>(row1) & load<u64>(row2) & load<u64>(row3);
    high &= load<u64>(row0, 8) & load<u64>(row1, 8) & load<u64>(row2, 8) & load<u64>(row3, 8);
  }
  for (; at < count && (low | high) != 0; at++, table += position) {
    const one = table + <usize>load<u8>(bytes + at) * row;
    low &= load<u64>(one);
    high &= load<u64>(one, 8);
  }
  store<u64>(into, low);
  store<u64>(into, high, 8);
  return (low | high) != 0;
}

/** ANDs one bitset into another. */
export function intersect(into: usize, other: usize, vectors: u32): void {
  for (let end = into + ((<usize>vectors) << 4); into < end; into += 16, other += 16) {
    if (ASC_FEATURE_SIMD) v128.store(into, v128.and(v128.load(into), v128.load(other)));
    else {
      store<u64>(into, load<u64>(into) & load<u64>(other));
      store<u64>(into, load<u64>(into, 8) & load<u64>(other, 8), 8);
    }
  }
}

/** Are the `length` bytes at both addresses the same? */
export function equal(one: usize, other: usize, length: u32): bool {
  let at: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    for (; at + 16 <= length; at += 16) {
      const difference = v128.xor(v128.load(one + at), v128.load(other + at));
      if (v128.any_true(difference)) return false;
    }
  }
  for (; at + 8 <= length; at += 8) {
    if (load<u64>(one + at) != load<u64>(other + at)) return false;
  }
  for (; at < length; at++) if (load<u8>(one + at) != load<u8>(other + at)) return false;
  return true;
}

/** How many of `length` bytes stand before the first `byte`: `length` if there is none. */
export function distanceTo(at: usize, length: u32, byte: u32): u32 {
  let found: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    const wanted = i8x16.splat(<i8>byte);
    for (; found + 16 <= length; found += 16) {
      const hits = i8x16.bitmask(i8x16.eq(v128.load(at + found), wanted));
      if (hits != 0) return found + ctz(hits);
    }
  }
  while (found < length && load<u8>(at + found) != <u8>byte) found++;
  return found;
}
