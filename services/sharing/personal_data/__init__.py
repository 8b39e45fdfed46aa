"""个人信息: holds that stop erasure (个人信息保护法 47), and what archive records hold of persons. Begin with `holds`."""
