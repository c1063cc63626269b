/* SPDX-License-Identifier: MIT */
#ifndef SCAP_BASE_CODES_H
#define SCAP_BASE_CODES_H

enum code {
#define CODE(number, name, severity, meaning, remedy) E_##name = number,
#include "base/codes.def"
#undef CODE
};

#endif
