"""AWS Lambda's entry point."""

from milk_coach import app, settings

lambda_handler = app.build(settings.from_env()).lambda_handler()
