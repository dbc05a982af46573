"""What the API says about people and vacancies together."""
