awk 'BEGIN { print "{"; for (i = 0; i < 65536; i++) print "                "; print "}" }' >request.json
