"""Spreadsheets that go out as XLSX: what a sheet contains (`model`) and how it is written (`writer`). Whoever answers
with a workbook imports it. Begin with `model`.
"""
