#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What an installed Scapula must do for a stranger and for another program. Called
# by `make installcheck`, which says where things are; DESTDIR may be set.
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
n=0
failed=0
DESTDIR=${DESTDIR-}
unset SCAPULA_PACK LD_LIBRARY_PATH
for name in bindir libdir includedir pkgconfigdir pkgdatadir mandir bashcompletiondir; do
	eval "planned_$name=\$$name; $name=\$DESTDIR\$$name" # where it will be, where it is
done

say() { # text, exit code of what was tried
	n=$((n + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $n - $1"
		return
	fi
	echo "not ok $n - $1"
	sed 's/^/# /' "$work/log"
	failed=1
}

try() { # text, command ...
	text=$1
	shift
	"$@" >"$work/log" 2>&1
	say "$text" $?
}

nothing() { # text, lines that are wrong
	printf '%s\n' "$2" >"$work/log"
	test -z "$2"
	say "$1" $?
}

# The sanitizers add names of their own; they are not ours to judge.
names() { nm "$@" | awk 'NF == 3 && $3 !~ /^__odr_asan/ { print $3 }' | sort -u; }

# ---- What other programs see ------------------------------------------------------

PKG_CONFIG_PATH=$pkgconfigdir
export PKG_CONFIG_PATH
if [ -n "$DESTDIR" ]; then
	PKG_CONFIG_SYSROOT_DIR=$DESTDIR
	export PKG_CONFIG_SYSROOT_DIR
fi

compile() { # output, what pkg-config is asked ...
	out=$1
	shift
	# shellcheck disable=SC2046,SC2086 # lists of options
	$CC $CFLAGS -std=c11 -Wall -Wextra -Wpedantic -Werror "$srcdir/tests/install/embed.c" \
		$before $($PKG_CONFIG "$@" scapula) -o "$out"
}

decides() { # the embedding program: a level, then exercises, each known to the pack
	LD_LIBRARY_PATH=$libdir "$1" "$pkgdatadir/rules" "$pkgdatadir/data" >"$work/decision" || return
	cat "$work/decision"
	sed 1d "$work/decision" | sort >"$work/exercises"
	sed 1q "$work/decision" | grep -qxF -f "$work/levels" && test -s "$work/exercises" &&
		! grep -vxF -f "$work/known" "$work/exercises"
}

scapula() { SCAPULA_PACK=${DESTDIR:+$pkgdatadir} "$bindir/scapula" "$@"; }

has() { $libtool --features | grep -q "enable $1 libraries"; }

# Names of a library: those of scapula.h in a shared one, at least scap_ in another.
declared=$(grep -v '^typedef' "$includedir/scapula.h" | grep -o '\bscap_[a-z0-9_]*(' | tr -d '(' |
	sort -u)
scapula list levels | cut -d' ' -f1 >"$work/levels"
scapula list exercises | cut -d' ' -f1 >"$work/known"
before=
try "the version of scapula.pc is the command's" \
	test "scapula $($PKG_CONFIG --modversion scapula)" = "$(scapula --version)"
if has shared; then
	nothing "the shared library exports what scapula.h declares, no more, no less" \
		"$({ names -D --defined-only "$libdir/libscapula.so"; echo "$declared"; } | sort | uniq -u)"
	try "a program builds with pkg-config alone" compile "$work/shared" --cflags --libs
	try "it decides" decides "$work/shared"
	# shellcheck disable=SC2016 # for the inner shell
	try "it runs with the installed library" env LD_LIBRARY_PATH="$libdir" sh -c \
		'ldd "$1" | grep -F "$2/libscapula.so"' - "$work/shared" "$libdir"
fi
if has static; then
	nothing "the static library has no global names but scap_" \
		"$(names -g --defined-only "$libdir/libscapula.a" | grep -v '^scap_')"
	mkdir "$work/static"
	cp "$libdir/libscapula.a" "$work/static"
	before=-L$work/static # found before the shared one
	try "a program builds with pkg-config --static" compile "$work/alone" --static --cflags --libs
	try "it decides as well" decides "$work/alone"
	nothing "it needs no libscapula" "$(ldd "$work/alone" | grep libscapula)"
fi

# ---- What a person sees -----------------------------------------------------------

cd / || exit 1
scapula score "$pkgdatadir/data/intake.csv" >"$work/scores" 2>"$work/log"
say "the installed command scores the sample" $?
"$abs_builddir/scapula" score "$abs_srcdir/data/intake.csv" 2>&1 >"$work/built" | cat >"$work/log"
try "as the one that was built does" cmp "$work/scores" "$work/built"
# With one folder that isn't there the command names both that it looked in.
"$bindir/scapula" lint --rules "$work/none" >"$work/log" 2>&1
grep -qF "and $planned_pkgdatadir/data has" "$work/log"
say "it finds the installed pack by itself" $?
for file in "$mandir/man1/scapula.1" "$bashcompletiondir/scapula"; do
	try "${file##*/} is installed in ${file%/*}" test -s "$file"
done
echo "1..$n"
exit $failed
