"""Small files as the programs write them, with invented people."""

from __future__ import annotations

import io
import zipfile

GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,"
    "Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,"
    "Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,"
    "Custom Field 1 - Value\n"
    "Łukasz,,Żółć,,dr,,Luki,,Żółć i Wspólnicy,Partner,Tax,1979-05-23,likes chess,,Friends ::: * myContacts,* Work,"
    "lukasz@zolc.example ::: biuro@zolc.example,Home,lz@home.example,Mobile,600 100 200,Work,,ul. Prosta 5,Kraków,,"
    "małopolskie,30-001,Polska,,Blog,https://zolc.example,Golf handicap,12\n"
    "Marta,,Rey,,,,,,,,,--04-12,,,* myContacts,,,,,,,,,,,,,,,,,,,\n"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Birthday,Gender,Occupation,Notes,"
    "Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,"
    "Organization 1 - Name,Organization 1 - Title\n"
    "Ana Ruiz,Ana,,Ruiz,,,1980-01-02,,,,Clients ::: * My Contacts,* Home,ana@ruiz.example,Work Fax,22 500 60 70,,"
    "Ruiz SL,Owner\n"
)
OUTLOOK = (
    '"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Street",'
    '"Business Street 2","Business City","Business State","Business Postal Code","Business Country/Region",'
    '"Home Street","Home City","Business Fax","Business Phone","Mobile Phone","Anniversary","Birthday","Categories",'
    '"E-mail Address","E-mail Type","E-mail 2 Address","Government ID Number","Notes","Priority","Private",'
    '"Sensitivity","Spouse","User 1","Web Page"\r\n'
    '"Mrs","Greta","","Lund","","Lund Design AB","","Owner","Storgatan 1","c/o Ek","Malmö","","211 22","Sweden","",""'
    ',"+46 40 11 22 33","+46 40 11 22 34","","0/0/00","5/23/1979","Clients;Design","greta@lund.example","SMTP","",'
    '"","two\r\nlines","Normal","False","Normal","Olof","extra","https://lund.example"\r\n'
)
OUTLOOK_GERMAN = (
    "Anrede;Vorname;Weitere Vornamen;Nachname;Suffix;Firma;Abteilung;Position;Straße geschäftlich;Ort geschäftlich;"
    "Postleitzahl geschäftlich;Land/Region geschäftlich;Telefon geschäftlich;Mobiltelefon;E-Mail-Adresse;Geburtstag;"
    "Notizen;Kategorien\r\n"
    "Frau;Jördis;;Größer;;Größer GmbH;;Geschäftsführerin;Hauptstraße 7;Köln;50667;Deutschland;0221 123456;"
    "0171 2345678;joerdis@groesser.example;23.05.1979;spricht Dänisch;Mandant\r\n"
)
OUTLOOK_SPANISH = (
    "Título,Nombre,Segundo nombre,Apellidos,Organización,Puesto,Calle del trabajo,Ciudad de trabajo,"
    "Código postal del trabajo,Teléfono del trabajo,Teléfono móvil,Dirección de correo electrónico,Cumpleaños,Notas\n"
    "Sra.,Begoña,,Peña Ibáñez,Peña SL,Directora,Calle Mayor 1,Bilbao,48001,944 123 456,612 345 678,"
    "begona@pena.example,23/05/1979,habla euskera\n"
)
OUTLOOK_POLISH = (
    "Tytuł;Imię;Drugie imię;Nazwisko;Firma;Stanowisko;Adres służbowy - ulica;Adres służbowy - miejscowość;"
    "Adres służbowy - kod pocztowy;Telefon służbowy;Telefon komórkowy;Adres e-mail;Urodziny;Notatki;NIP\r\n"
    "Pani;Grażyna;;Śliwa;Śliwa sp. z o.o.;prezes;ul. Długa 3;Łódź;90-001;42 600 10 20;601 202 303;"
    "grazyna@sliwa.example;23.05.1979;źródło: polecenie;725-000-00-00\r\n"
)
OUTLOOK_FRENCH = (
    "Titre,Prénom,Nom,Société,Fonction,Rue (bureau),Ville (bureau),Code postal (bureau),Téléphone (bureau),"
    "Tél. mobile,Adresse de messagerie,Notes\n"
    "Mme,Hélène,Bœuf,Bœuf SARL,Gérante,1 rue Haute,Lille,59000,03 20 00 00 00,06 12 34 56 78,"
    "helene@boeuf.example,ok\n"
)
OUTLOOK_COM = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,"
    "Home Phone,Business Phone,Mobile Phone,Job Title,Department,Company,Business Street,Business City,Spouse,Hobby,"
    "Personal Web Page,Birthday,Notes\n"
    "Iñaki,,Larrea,Dr,,,,,inaki@larrea.example,,,,+34 612 345 678,CFO,,Larrea SA,Gran Vía 1,Bilbao,,sailing,,"
    "1970-02-03,\n"
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,"
    "Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,"
    "Work Address,Work City,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,"
    "Custom 1,Notes,\n"
    "Tove,Dahl,Tove Dahl,,tove@dahl.example,td@home.example,,,,,,,Fjordveien 2,,Bergen,,5003,Norway,,,,,Dahl AS,,,1981,"
    "7,9,prefers letters,,\n"
)
LINKEDIN = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing."\n'
    "\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Nora,Quist,https://linkedin.example/in/nora,,Quist Ltd,Director,12 Mar 2024\n"
    "Paul,Berg,https://linkedin.example/in/paul,paul@berg.example,Berg,CEO,7-Feb-22\n"
)
HUBSPOT = (
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,Lead Status,"
    "Create Date,Associated Company\n"
    "3051,Olga,Weiss,olga@weiss.example,+48 601 000 111,Ada,77,Open,2024-03-12 10:20,Weiss KG\n"
)
CLIO = (
    "title,job_title,first_name,last_name,company,business_street,business_city,business_state,business_postal_code,"
    "email_address,primary_phone\n"
    "Mr,Clerk,Ben,Okoro,Okoro Ltd,1 High St,Leeds,,LS1 1AA,ben@okoro.example,0113 496 0000\n"
)
XERO = (
    "*ContactName,AccountNumber,EmailAddress,FirstName,LastName,POAttentionTo,POAddressLine1,POAddressLine2,POCity,"
    "PORegion,POPostalCode,POCountry,SAAddressLine1,PhoneNumber,MobileNumber,TaxNumber,LegalName,CompanyNumber,"
    "Person1FirstName,Person1Email\n"
    "Harbour Bakery,HB1,hello@harbour.example,,,,2 Quay,Unit 3,Hull,,HU1 1AA,UK,,01482 496 000,,GB123456789,"
    "Harbour Bakery Limited,0123,Sue,sue@harbour.example\n"
)
QUICKBOOKS = (
    "Kowal & Roca\nCustomer Contact List\n\n"
    "Full Name,Company,Email,Phone,Mobile,Fax,Website,Street,City,State,ZIP code,Country,Opening Balance\n"
    "Rosa Prim,Prim Foods,rosa@prim.example,93 123 45 67,,,,Carrer Gran 1,Girona,,17001,Spain,12.50\n"
)
CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//macOS//EN\r\nN:Żółć;Łukasz;Jan;dr;\r\nFN:dr Łukasz Żółć\r\n"
    "NICKNAME:Luki\r\nORG:Żółć i Wspólnicy;Tax\r\nTITLE:Partner\r\n"
    "item1.EMAIL;type=INTERNET;type=pref:lukasz@zolc.example\r\nitem1.X-ABLabel:_$!<Work>!$_\r\n"
    "TEL;type=CELL;type=VOICE:600 100 200\r\n"
    "item2.ADR;type=WORK;type=pref:;;ul. Prosta 5\\, m. 2;Kraków;;30-001;Pols\r\n ka\r\n"
    "item2.X-ABADR:pl\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\r\nNOTE:one\\ntwo\\; three\r\n"
    "CATEGORIES:Clients,Tax\r\nX-SHOE-SIZE:44\r\nUID:apple-1\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n"
    " AAAQABAAD/not-base64!\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Harbour Bakery\r\nEMAIL;PREF=1:hello@harbour.example\r\n"
    "TEL;VALUE=uri;TYPE=work:tel:+44-1482-496-000\r\nEND:VCARD\r\n"
)
CARD_21 = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=9Aliwa;Gra=C5=BCyna\r\n"
    b"NOTE;CHARSET=windows-1250;ENCODING=QUOTED-PRINTABLE:=9Cliwka=0D=0A=\r\nsecond line\r\n"
    b"TEL;CELL;PREF:601202303\r\n"
    b"AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:Inner;Agent\r\nEND:VCARD\r\n"
    b"EMAIL;INTERNET:grazyna@sliwa.example\r\nEND:VCARD\r\n"
)


def workbook(rows: list[list[object]], *, dimension: str = "") -> bytes:
    """A workbook as LibreOffice writes it; a false `dimension` claims more cells than there are."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    if not dimension:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                head, _, tail = content.partition(b'<dimension ref="')
                content = head + b'<dimension ref="' + dimension.encode() + tail[tail.index(b'"') :]
            new.writestr(entry, content)
    return changed.getvalue()


def open_document(rows: list[list[str]]) -> bytes:
    """A sheet as LibreOffice writes it in ODS, with the empty rest of the sheet told as a repetition."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        for row in rows
    )
    document = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table>'
        f'{cells}<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", document)
    return out.getvalue()
