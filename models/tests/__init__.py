"""Tests of the pull script and of the conversions. Run: models/venv/bin/python -m unittest discover -t models -s models/tests"""
