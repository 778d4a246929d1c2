# Makes standard.xlsx and encrypted.xls by LibreOffice, and agile.xlsx, which is
# encrypted as Excel does, by officecrypto-tool of npm: python3 make.py, in this
# directory. All open with the password "secret".
import os
import subprocess
import tempfile
import time

import uno
from com.sun.star.beans import NamedValue, PropertyValue

original = "../../../examples/returned/未来公园展厅运营经费.xlsx"


def named(kind, name, value):
    v = kind()
    v.Name, v.Value = name, value
    return v


def store(doc, file, *properties):
    list_ = [named(PropertyValue, n, v) for n, v in properties]
    uno.invoke(doc, "storeToURL", (url(file), uno.Any("[]com.sun.star.beans.PropertyValue", tuple(list_))))


def url(file):
    return uno.systemPathToFileUrl(os.path.abspath(file))


encrypt = "const fs = require('fs'); fs.writeFileSync('agile.xlsx', require('officecrypto-tool').encrypt(fs.readFileSync(process.argv[1]), {password: 'secret'}))"
subprocess.run(["node", "-e", encrypt, original], check=True)

with tempfile.TemporaryDirectory() as profile:
    office = subprocess.Popen(["soffice", "-env:UserInstallation=" + url(profile), "--headless", "--norestore", "--accept=pipe,name=ziping;urp"])
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(60):
        try:
            context = resolver.resolve("uno:pipe,name=ziping;urp;StarOffice.ComponentContext")
            break
        except Exception:
            time.sleep(0.5)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    doc = desktop.loadComponentFromURL(url(original), "_blank", 0, (named(PropertyValue, "Hidden", True),))
    key = uno.Any("[]com.sun.star.beans.NamedValue", (named(NamedValue, "OOXPassword", "secret"), named(NamedValue, "CryptoType", "StrongEncryptionDataSpace")))
    store(doc, "standard.xlsx", ("FilterName", "Calc MS Excel 2007 XML"), ("EncryptionData", key))
    store(doc, "encrypted.xls", ("FilterName", "MS Excel 97"), ("Password", "secret"))
    doc.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    office.wait()
