-- What the reports of a regime are about, as the subject of their papers has it ("công tác tái hòa nhập cộng đồng");
-- blank: taken from the regime's name.
ALTER TABLE regimes ADD COLUMN subject TEXT NOT NULL DEFAULT '';
-- Why number, day or signatory of a paper changed; owed once the report was received under another.
ALTER TABLE revision_papers ADD COLUMN reason TEXT NOT NULL DEFAULT '';
