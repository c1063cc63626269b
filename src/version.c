/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "scapula.h"

const char *scap_version(void)
{
	return PACKAGE_VERSION;
}
